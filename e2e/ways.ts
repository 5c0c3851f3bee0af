import type { Locator, Page } from '@playwright/test'
import { expect } from './fixtures'
import { Lab } from './lab'

/** One way to work the Lab: go to a scenario, a machine, a kernel, and run the access that stands chosen. */
export interface Way {
  readonly toScenario: (title: string) => Promise<void>
  readonly toMachine: (name: string) => Promise<void>
  readonly toKernel: (name: string) => Promise<void>
  readonly run: () => Promise<void>
}

/** By the mouse, in the line at the top. */
export const byClicks = (lab: Lab): Way => ({
  toScenario: (title) => lab.scenario(title),
  toMachine: (name) => lab.choose('Machine', name),
  toKernel: (name) => lab.choose('Kernel', name),
  run: () => lab.press('Run'),
})

/** By keys alone: from the menu of scenarios Tab goes on from control to control, arrows choose, Enter presses. */
export function byKeys(lab: Lab): Way {
  const { page } = lab
  const scenarios = page.getByRole('combobox', { name: 'Scenario' })
  const arrowsTo = async (group: string, option: string) => {
    const radios = page.getByRole('radiogroup', { name: group, exact: true })
    const wanted = radios.getByRole('radio', { name: option, exact: true })
    // What is so already needs no key.
    if (await wanted.isChecked()) return
    // That Tab leads to the menu too is looked at in keyboard.spec.ts.
    await scenarios.focus()
    await tabUntil(page, radios.getByRole('radio'))
    await pressUntil(page, 'ArrowRight', () => wanted.isChecked())
  }
  return {
    toScenario: async (title) => {
      await scenarios.focus()
      const { at, wanted } = await placesIn(scenarios, title)
      if (wanted < at) await page.keyboard.press('Home')
      // Each line that is passed is opened, and has to be before the next is asked for.
      for (let line = wanted < at ? 0 : at; line < wanted; line++) {
        await expectPlace(scenarios, line)
        await page.keyboard.press('ArrowDown')
      }
      await expectPlace(scenarios, wanted)
    },
    toMachine: (name) => arrowsTo('Machine', name),
    toKernel: (name) => arrowsTo('Kernel', name),
    run: async () => {
      await tabUntil(page, lab.button('Run'))
      await page.keyboard.press('Enter')
    },
  }
}

/** By a finger, in the sheet and at the foot of a small screen. */
export function byTouch(lab: Lab): Way {
  const { page } = lab
  const inSheet = async (act: () => Promise<unknown>) => {
    await lab.button('Change').tap()
    await act()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).tap()
  }
  const tapRadio = (group: string, option: string) =>
    page.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name: option, exact: true }).tap()
  return {
    // The list of a native menu is the system's own; what it answers is set here.
    toScenario: (title) =>
      inSheet(() => page.getByRole('combobox', { name: 'Scenario' }).selectOption({ label: title })),
    toMachine: (name) => inSheet(() => tapRadio('Machine', name)),
    toKernel: (name) => inSheet(() => tapRadio('Kernel', name)),
    run: () => lab.button('Run').tap(),
  }
}

/** Which line of a menu is chosen, and which has this label. */
const placesIn = (menu: Locator, label: string): Promise<{ readonly at: number; readonly wanted: number }> =>
  menu.evaluate((each, wanted) => {
    const { options, selectedIndex } = each as HTMLSelectElement
    return { at: selectedIndex, wanted: [...options].findIndex((option) => option.label === wanted) }
  }, label)

const expectPlace = (menu: Locator, line: number) => expect(menu).toHaveJSProperty('selectedIndex', line)

const tabUntil = (page: Page, wanted: Locator) =>
  pressUntil(page, 'Tab', () => wanted.evaluateAll((all) => all.some((each) => each === document.activeElement)))

/** Press a key until something is so; a reader would have given up after a hundred. */
async function pressUntil(page: Page, key: string, isSo: () => Promise<boolean>) {
  for (let presses = 0; !(await isSo()); presses++) {
    if (presses === 100) throw new Error(`${key} pressed a hundred times and nothing came of it`)
    await page.keyboard.press(key)
  }
}
