import { expect, test } from './fixtures'
import { RECORDINGS } from '../src/decode/recordings'
import { Lab } from './lab'

test('a real Xen PV process opens, and a write to its copy-on-write page is endless on 3.20-rc0 alone', async ({
  page,
}) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Recorded: Xen PV')
  await expect(page.getByText(/About this recording: \d+ notes/)).toBeVisible()
  await lab.choose('Kernel', '3.20-rc0')
  await lab.press('Run')
  await lab.expectOutcome('endless', 1)
  await lab.choose('Kernel', '4.0-rc1')
  await lab.expectOutcome('completed', 1)
})

test('the same process recorded on bare metal: completed on both', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Recorded: bare metal')
  await lab.choose('Kernel', '3.20-rc0')
  await lab.press('Run')
  await lab.expectOutcome('completed', 1)
  await lab.choose('Kernel', '4.0-rc1')
  await lab.expectOutcome('completed', 1)
})

test('each of the recorded page tables opens, and 3.20-rc0 loops under Xen alone', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  for (const { title, machine, id } of RECORDINGS) {
    await lab.scenario(title)
    await expect(page.getByText(/About this recording/).first()).toBeAttached()
    await lab.press('Run')
    // The pages of exec have RW: a write lands at once.
    await lab.expectOutcome(machine === 'xen' && !id.includes('exec') ? 'endless' : 'completed')
  }
})

test('a link into a recording opens it', async ({ page }) => {
  const lab = new Lab(page)
  await lab.open()
  await lab.scenario('Recorded: Xen PV')
  await expect(page.getByText(/About this recording/)).toBeVisible()
  await lab.press('Run')
  const picture = await lab.picture()
  const address = await lab.link()
  await page.goto('about:blank')
  await page.goto(address)
  await expect(page.getByText(/About this recording/)).toBeVisible()
  expect(await lab.picture()).toBe(picture)
})

test('a recording cut short: a message that says what to do, and the tape still there', async ({ page }) => {
  await page.route('**/recordings-*.js', async (route) => {
    const text = ['one-bit-two-names capture 2', 'name xen-parent', 'PTE 400000 25', ''].join('\n')
    await route.fulfill({ body: `export default ${JSON.stringify(text)}`, contentType: 'text/javascript' })
  })
  const lab = new Lab(page)
  await lab.open()
  await lab.press('Run')
  const picture = await lab.picture()
  await lab.scenario('Recorded: Xen PV')
  await expect(page.getByRole('alert').filter({ hasText: 'cut short' })).toBeVisible()
  expect(await lab.picture()).toBe(picture)
})
