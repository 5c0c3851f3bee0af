// `npm run soak [minutes]`: the kiosk for that long by its own clock, run fast, in the built app. Fails where it does not stay as it is.
import { openBuiltApp } from '../scripts/built-app.mjs'
import { busyWhenStill, driftOf, MOST, nodesOf, soak } from './kiosk-rounds'
import { machineLine } from './measure'

const MINUTES = Number(process.argv[2] ?? 30)
/** How long a still beat is watched. */
const STILL_SECONDS = 10

const { browser, address, close } = await openBuiltApp()
const newPage = () => browser.newPage({ baseURL: address, viewport: { width: 1920, height: 1080 } })

const still = await newPage()
await still.goto('./#/stage/five/7')
await still.locator('.talk[data-fetched="true"]').waitFor()
await still.waitForTimeout(3000)
const busy = await busyWhenStill(still, STILL_SECONDS)
await still.close()

const run = await soak(await newPage(), MINUTES, ({ heap, nodes }) =>
  console.log(`  ${(heap / 1e6).toFixed(2)} MB, ${nodes} nodes`),
)
await close()

const [drift, nodes] = [driftOf(run), nodesOf(run)]
console.log(machineLine())
console.log(`heap after ${MINUTES} minutes   ${(100 * drift).toFixed(1)} %`)
console.log(`nodes                   ${nodes.join(', ')}`)
console.log(`messages                ${run.messages.length}`)
console.log(`busy when still         ${(100 * busy).toFixed(2)} %`)
for (const message of run.messages) console.log(message)
const steady = drift < MOST.drift && nodes.length === 1 && run.messages.length === 0 && busy < MOST.busy
process.exit(steady ? 0 : 1)
