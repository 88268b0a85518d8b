/** The look of the report: one column on a phone, two sides on a screen, light or dark as the reader's system is. */
export const style = `
:root{color-scheme:light dark;
--page:#f6f7f9;--card:#fff;--ink:#1b2330;--soft:#5a6575;--line:#dfe3e9;--accent:#2456c9;
--gone:#fdecec;--gone-mark:#f7b9b9;--gone-ink:#9b1c1c;--come:#e7f6ec;--come-mark:#a9e0bb;--come-ink:#13653a;
--breaking:#b42318;--breaking-tint:#fdeceb;--notable:#8a5a00;--notable-tint:#fdf3dc;--cosmetic:#4b5768;--cosmetic-tint:#eceff3}
@media (prefers-color-scheme:dark){:root{
--page:#12161c;--card:#1a2029;--ink:#e6eaf0;--soft:#9aa6b6;--line:#2c3541;--accent:#8db4ff;
--gone:#3a1d1f;--gone-mark:#77302f;--gone-ink:#ffb4ae;--come:#15301f;--come-mark:#256b40;--come-ink:#9be3b5;
--breaking:#ff9a91;--breaking-tint:#3d1f1e;--notable:#f0c368;--notable-tint:#392d12;--cosmetic:#b4bfcc;--cosmetic-tint:#2a323d}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main,header,.bar>div{max-width:1080px;margin:0 auto;padding:0 16px}
header{padding-top:28px;padding-bottom:8px}
h1{font-size:24px;line-height:1.25;margin:0 0 14px;letter-spacing:-.01em}
h2{font-size:13px;text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:28px 0 8px}
.ends{display:grid;grid-template-columns:1fr 1fr;gap:10px}
.end{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
.end b{display:block;font-size:16px}
.end p{margin:0;color:var(--soft);font-size:13px}
.end ul{margin:6px 0 0;padding:0;list-style:none;font-size:13px}
.tally{display:flex;flex-wrap:wrap;gap:6px 18px;margin:14px 0 4px;padding:0;list-style:none;color:var(--soft)}
.tally b{font-size:20px;font-variant-numeric:tabular-nums;color:var(--ink);margin-right:4px}
.tally .breaking b{color:var(--breaking)}.tally .notable b{color:var(--notable)}
.bar{position:sticky;top:0;z-index:1;background:var(--page);border-bottom:1px solid var(--line);padding:10px 0}
.bar>div{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.bar input,.bar select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;padding:7px 10px;min-width:0}
.bar input{flex:1 1 200px}
.bar select{max-width:100%}
.bar fieldset{display:flex;flex-wrap:wrap;gap:4px;border:0;margin:0;padding:0;min-width:0}
.bar legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.bar button{font:inherit;font-size:13px;color:var(--soft);background:transparent;border:1px solid var(--line);border-radius:999px;padding:5px 11px;cursor:pointer}
.bar button[aria-pressed=true]{color:var(--ink);background:var(--card);border-color:var(--soft)}
.bar button[aria-pressed=false]{text-decoration:line-through}
.bar output{color:var(--soft);font-size:13px;margin-left:auto}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.difference{background:var(--card);border:1px solid var(--line);border-radius:10px;margin:8px 0;}
.many .difference{content-visibility:auto;contain-intrinsic-size:auto 90px}
summary{list-style:none;cursor:pointer;padding:11px 14px;display:grid;grid-template-columns:22px minmax(0,1fr) auto 14px;gap:2px 8px;border-radius:10px}
summary::-webkit-details-marker{display:none}
summary::after{content:"";grid-area:1/4;width:7px;height:7px;margin:7px 0 0 4px;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(-45deg)}
[open]>summary::after{transform:rotate(45deg)}
.sign{font:700 17px/1.3 system-ui,sans-serif;text-align:center;color:var(--accent)}
.added .sign{color:var(--come-ink)}.removed .sign{color:var(--gone-ink)}
.path{font-weight:600}
.path .from{font-weight:400;color:var(--soft)}
.path code{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;color:var(--soft)}
.kind,.source{color:var(--soft);font-weight:400}
.kind{margin-right:6px}
.pill{align-self:start;font-size:12px;line-height:1;padding:5px 9px;border-radius:999px}
.breaking .pill{color:var(--breaking);background:var(--breaking-tint)}
.notable .pill{color:var(--notable);background:var(--notable-tint)}
.cosmetic .pill{color:var(--cosmetic);background:var(--cosmetic-tint)}
.why{grid-column:2/4;color:var(--soft);font-size:14px}
.inside{padding:0 14px 14px 44px;font-size:14px}
.inside p.note{margin:4px 0}
.inside h3{font-size:13px;color:var(--soft);font-weight:600;margin:10px 0 4px}
.sides{border:1px solid var(--line);border-radius:8px;overflow:hidden;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.row{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.row>*{padding:1px 10px 1px 24px;white-space:pre-wrap;position:relative;min-height:21px}
.row>*+*{border-left:1px solid var(--line)}
.row:first-child>*{padding-top:5px}.row:last-child>*{padding-bottom:5px}
.gone{background:var(--gone)}.come{background:var(--come)}
.gone::before,.come::before{position:absolute;left:9px;color:var(--gone-ink);content:"−"}
.come::before{color:var(--come-ink);content:"+"}
.gone mark{background:var(--gone-mark);color:inherit;border-radius:3px}.come mark{background:var(--come-mark);color:inherit;border-radius:3px}
.not,.skipped{color:var(--soft);font-style:italic;font-family:system-ui,sans-serif}
.skipped{padding:2px 10px 2px 24px;background:var(--page);font-size:12px}
.props{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 14px;margin:0}
.props dt{color:var(--soft)}
.props dd{margin:0;font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
pre{margin:0;padding:10px 12px;background:var(--page);border:1px solid var(--line);border-radius:8px;overflow:auto;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
.inside ul{margin:0;padding-left:18px}
.rights{margin:8px 0;padding:10px 14px;list-style:none;background:var(--card);border:1px solid var(--line);border-radius:10px}
.rights li{padding:4px 0}.rights a{color:inherit}.rights code{color:var(--soft)}
.note{color:var(--soft);font-size:13px}
.empty{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:26px 16px;text-align:center;color:var(--soft);margin:16px 0}
footer{color:var(--soft);font-size:13px;padding:24px 0 40px}
@media (max-width:640px){
header{padding-top:18px}h1{font-size:20px}
.ends,.row{grid-template-columns:minmax(0,1fr)}
.row>*+*{border-left:0}
.row .again,.row .void{display:none}
.inside{padding:0 12px 12px}
.props{grid-template-columns:minmax(0,1fr);gap:0}.props dd{margin-bottom:6px}
.bar{position:static}.bar input{flex-basis:100%}.bar select{flex:1 1 40%}
.ends{gap:6px}.end{padding:8px 12px}
[data-group] .pill{display:none}.path{grid-column:2/4}.expected .pill{grid-column:2/4;justify-self:start;order:1}
summary{grid-template-columns:18px minmax(0,1fr) auto 14px;padding:11px 12px}}
@media print{.bar{display:none}.difference{break-inside:avoid;content-visibility:visible}}
`;

/** Filters by weight, what, kind, source and text. Without it everything is shown and the bar is not. */
export const script = `
const all=[...document.querySelectorAll('.difference:not(.expected)')].map((node)=>({node,text:node.textContent.toLowerCase()}));
const bar=document.querySelector('.bar');
const [find,said]=[bar.querySelector('input'),bar.querySelector('output')];
const [buttons,selects]=[[...bar.querySelectorAll('button')],[...bar.querySelectorAll('select')]];
const groups=document.querySelectorAll('section[data-group]');
const none=document.querySelector('.empty[data-none]');
function show(){
  const off=buttons.filter((one)=>one.getAttribute('aria-pressed')==='false');
  const words=find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown=0;
  for(const {node,text} of all){
    const fits=off.every((one)=>node.dataset[one.name]!==one.value)
      &&selects.every((one)=>one.value===''||node.dataset[one.name]===one.value)
      &&words.every((word)=>text.includes(word));
    node.hidden=!fits;
    if(fits)shown+=1;
  }
  for(const group of groups)group.hidden=group.querySelector('.difference:not([hidden])')===null;
  said.textContent=shown===all.length?'':shown+' of '+all.length+' shown';
  none.hidden=shown>0;
}
for(const one of buttons)one.addEventListener('click',()=>{
  one.setAttribute('aria-pressed',String(one.getAttribute('aria-pressed')==='false'));
  show();
});
for(const one of [find,...selects])one.addEventListener('input',show);
bar.hidden=false;
show();
`;
