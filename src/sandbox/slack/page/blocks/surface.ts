import type { ConfirmationDialog, KnownBlock } from '@slack/types';
import { createContext } from 'preact';
import { useContext, useMemo, useRef, useState } from 'preact/hooks';
import type { InputState, Outcome } from '../../contract.js';
import { problemOf, useDesk } from '../desk.js';
import { initialState, merged, type Place, type Value, withValue } from './values.js';

/** What the elements of one message, modal or home share: their values, and how to act. */
export interface Surface {
  readonly values: InputState;
  /** Sentences beneath inputs, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
  /** The elements whose acts are under way. */
  readonly working: readonly Place[];
  /** Remembers a value and tells the bot nothing. */
  readonly enter: (place: Place, value: Value) => void;
  /** Tells the bot of a click, choice or pick, after the question that the element may ask first. */
  readonly act: (place: Place, value: Value, question?: ConfirmationDialog) => Promise<void>;
}

const SurfaceContext = createContext<Surface | undefined>(undefined);

export const SurfaceProvider = SurfaceContext.Provider;

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === undefined) throw new Error('These blocks stand on no surface.');
  return surface;
}

/** How a surface reaches the bot. */
export type Send = (place: Place, element: Value, state: InputState) => Promise<Outcome>;

export interface OwnSurface extends Surface {
  readonly problem: string | undefined;
  readonly showProblem: (problem: string | undefined) => void;
  readonly showErrors: (errors: Readonly<Record<string, string>>) => void;
}

const NO_ERRORS: Readonly<Record<string, string>> = {};

const without = (
  errors: Readonly<Record<string, string>>,
  blockId: string,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(errors).filter(([id]) => id !== blockId));

/** Makes the surface of a message, modal or home. What a person entered outlives an update of its blocks. */
export function useOwnSurface(blocks: readonly KnownBlock[], send: Send): OwnSurface {
  const { ask } = useDesk();
  const [entered, setEntered] = useState<InputState>({});
  const [errors, showErrors] = useState(NO_ERRORS);
  const [working, setWorking] = useState<readonly Place[]>([]);
  const underWay = useRef<readonly Place[]>([]);
  const [problem, showProblem] = useState<string | undefined>(undefined);
  const initial = useMemo(() => initialState(blocks), [blocks]);
  const values = useMemo(() => merged(initial, entered), [initial, entered]);

  const track = (places: readonly Place[]): void => {
    underWay.current = places;
    setWorking(places);
  };
  const enter = (place: Place, value: Value): void => {
    setEntered((before) => withValue(before, place, value));
    showErrors((before) => without(before, place.blockId));
  };

  const act = async (place: Place, value: Value, question?: ConfirmationDialog): Promise<void> => {
    const keepsValue = initial[place.blockId]?.[place.actionId] !== undefined;
    // A button takes no second click while the first is under way; a new choice counts as it is made.
    if (!keepsValue && isAt(underWay.current, place)) return;
    if (question !== undefined && !(await ask(question))) {
      setEntered((before) => ({ ...before })); // drawn anew, so that a select shows again what is held
      return;
    }
    if (keepsValue) enter(place, value);
    track([...underWay.current, place]);
    showProblem(undefined);
    const outcome = await send(place, value, keepsValue ? withValue(values, place, value) : values);
    showProblem(problemOf(outcome));
    track(underWay.current.filter((each) => each !== place));
  };

  return { values, errors, working, enter, act, problem, showProblem, showErrors };
}

export const isAt = (places: readonly Place[], { blockId, actionId }: Place): boolean =>
  places.some((place) => place.blockId === blockId && place.actionId === actionId);
