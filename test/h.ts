import { historyState } from './zendesk/history/history.ts'
import { DEMO_POLICY } from './demo/policy.ts'
const [t, e, days] = process.argv.slice(2).map(Number)
const until = Date.parse('2026-11-30T10:00:00Z')
const a = performance.now()
const { state, baton } = await historyState({ tickets: t!, episodes: e!, from: until - days!*86400000, until, policy: DEMO_POLICY })
console.log(Math.round(performance.now()-a), 'ms', Math.round(process.memoryUsage().rss/1e6), 'MB')
const esc = [...baton.states()].flatMap(s=>s.escalations)
const count = (f: (e: any)=>any) => { const m: any = {}; for (const x of esc) { const k = f(x); m[k]=(m[k]??0)+1 } return m }
console.log(Object.keys(state.tickets).length, esc.length, count(x=>x.stage), count(x=>x.ending?.how), count(x=>x.resolution?.code))
console.log(count(x=>x.handOvers.length), count(x=>x.handOvers.map((h:any)=>h.tier).join('>')), 'raised', esc.filter(x=>x.handOvers.some((h:any)=>h.raisedFor)).length, 'returned', esc.filter(x=>x.returns.length).length, 'sev', count(x=>x.decision.severity), 'moves', count(x=>x.registeredBy))
const refusals: any = {}
for (const s of baton.states()) for (const r of s.refusals) refusals[r.reason+' '+r.verb] = (refusals[r.reason+' '+r.verb]??0)+1
console.log('refusals', refusals)
const st: any = {}; for (const x of Object.values(state.tickets)) st[x.status]=(st[x.status]??0)+1
console.log(st, 'audits', Object.values(state.audits).reduce((n,a)=>n+a.length,0))
