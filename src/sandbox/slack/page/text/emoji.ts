/** Shortcodes and their glyphs, each pair on a line's worth of commas: what an agency's release talk uses. */
const TABLE = `
white_check_mark ✅, heavy_check_mark ✔️, ballot_box_with_check ☑️, x ❌, negative_squared_cross_mark ❎, no_entry ⛔, no_entry_sign 🚫,
hourglass_flowing_sand ⏳, hourglass ⌛, large_blue_circle 🔵, red_circle 🔴, large_green_circle 🟢, large_yellow_circle 🟡,
large_orange_circle 🟠, white_circle ⚪, black_circle ⚫, large_purple_circle 🟣, radio_button 🔘, snowflake ❄️, rocket 🚀,
rotating_light 🚨, leftwards_arrow_with_hook ↩️, arrow_right_hook ↪️, arrow_right ➡️, arrow_left ⬅️, arrow_up ⬆️, arrow_down ⬇️,
arrows_counterclockwise 🔄, repeat 🔁, warning ⚠️, information_source ℹ️, question ❓, exclamation ❗, grey_question ❔, bell 🔔, no_bell 🔕,
pushpin 📌, round_pushpin 📍, paperclip 📎, link 🔗, memo 📝, pencil ✏️, pencil2 ✏️, clipboard 📋, page_facing_up 📄, file_folder 📁,
open_file_folder 📂, card_index_dividers 🗂️, bookmark_tabs 📑, books 📚, book 📖, calendar 📅, date 📅, spiral_calendar_pad 🗓️,
clock1 🕐, clock3 🕒, clock6 🕕, clock9 🕘, alarm_clock ⏰, stopwatch ⏱️, timer_clock ⏲️, watch ⌚, lock 🔒, unlock 🔓, key 🔑, shield 🛡️,
hammer 🔨, wrench 🔧, hammer_and_wrench 🛠️, gear ⚙️, package 📦, construction 🚧, bug 🐛, bulb 💡, mag 🔍, mag_right 🔎, test_tube 🧪,
chart_with_upwards_trend 📈, chart_with_downwards_trend 📉, bar_chart 📊, computer 💻, desktop_computer 🖥️, iphone 📱, email 📧, envelope ✉️,
inbox_tray 📥, outbox_tray 📤, telephone_receiver 📞, speech_balloon 💬, thought_balloon 💭, mega 📣, loudspeaker 📢, eyes 👀, wave 👋,
thumbsup 👍, +1 👍, thumbsdown 👎, -1 👎, ok_hand 👌, clap 👏, raised_hands 🙌, pray 🙏, muscle 💪, point_right 👉, point_left 👈,
point_up 👆, point_down 👇, raised_hand ✋, hand ✋, writing_hand ✍️, handshake 🤝, tada 🎉, sparkles ✨, star ⭐, star2 🌟, fire 🔥, zap ⚡,
boom 💥, heart ❤️, blue_heart 💙, green_heart 💚, yellow_heart 💛, 100 💯, trophy 🏆, medal 🏅, checkered_flag 🏁, triangular_flag_on_post 🚩,
ship 🚢, boat ⛵, sailboat ⛵, anchor ⚓, ocean 🌊, sunny ☀️, cloud ☁️, umbrella ☔, rainbow 🌈, coffee ☕, cake 🍰, robot_face 🤖,
smile 😄, smiley 😃, grinning 😀, grin 😁, joy 😂, slightly_smiling_face 🙂, wink 😉, blush 😊, thinking_face 🤔, neutral_face 😐,
disappointed 😞, worried 😟, cry 😢, sob 😭, sweat_smile 😅, sunglasses 😎, sleeping 😴, zzz 💤, skull 💀, ghost 👻, see_no_evil 🙈,
bust_in_silhouette 👤, busts_in_silhouette 👥, office 🏢, house 🏠, globe_with_meridians 🌐, earth_americas 🌎, earth_asia 🌏, earth_africa 🌍,
heavy_plus_sign ➕, heavy_minus_sign ➖, black_square_for_stop ⏹️, arrow_forward ▶️, double_vertical_bar ⏸️, fast_forward ⏩, rewind ⏪,
small_blue_diamond 🔹, small_orange_diamond 🔸, black_small_square ▪️, white_small_square ▫️, large_blue_square 🟦, large_green_square 🟩,
large_yellow_square 🟨, large_red_square 🟥, white_large_square ⬜, black_large_square ⬛, wastebasket 🗑️, label 🏷️, receipt 🧾, moneybag 💰,
credit_card 💳, floppy_disk 💾, electric_plug 🔌, battery 🔋, satellite_antenna 📡, microscope 🔬, scales ⚖️, compass 🧭, map 🗺️, seedling 🌱`;

const GLYPHS: ReadonlyMap<string, string> = new Map(
  TABLE.split(',').map((pair): [string, string] => {
    const [name = '', glyph = ''] = pair.trim().split(' ');
    return [name, glyph];
  }),
);

/** The glyph of a shortcode without its colons, or undefined: an unknown one stays as it was typed. */
export const glyphOf = (name: string): string | undefined => GLYPHS.get(name.replace(/::skin-tone-\d$/, ''));

/** The glyph of a rich_text emoji's `unicode`: code points in hex, joined by hyphens. */
export const glyphOfCodePoints = (unicode: string): string =>
  unicode
    .split('-')
    .map((hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .join('');

/** Shows the shortcodes of plain text as glyphs. */
export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+'-]+):/g, (written, name: string) => glyphOf(name) ?? written);
