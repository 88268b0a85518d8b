import type { PersonRecord } from '../records.js';
import type { Slack } from '../slack.js';
import { flatText } from './find.js';

/** Remembers the newest thing that only this person was told. */
export function hearing(slack: Slack, person: PersonRecord): () => string | undefined {
  let last: string | undefined;
  slack.desk.listen((news) => {
    if (news.type === 'notice' && news.user === person.id) last = news.text;
    if ((news.type === 'message' || news.type === 'message-changed') && news.message.onlyFor === person.id) {
      last = news.message.text || flatText(news.message.blocks);
    }
  });
  return () => last;
}
