import { test } from './fixtures'

// The guard of fixtures.ts must notice: these tests pass because they fail.

test('a request to another host fails a test', async ({ page }) => {
  test.fail()
  await page.route('https://example.org/', (route) => route.fulfill({ status: 204 }))
  await page.goto('./#/lab')
  await page.evaluate(() => fetch('https://example.org/', { mode: 'no-cors' }))
})

test('an error on the console fails a test', async ({ page }) => {
  test.fail()
  await page.goto('./#/lab')
  await page.evaluate(() => console.error('a mistake made on purpose'))
})

test('an error that nobody catches fails a test', async ({ page }) => {
  test.fail()
  await page.goto('./#/lab')
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('a mistake made on purpose')
    })
    return new Promise((resolve) => setTimeout(resolve, 100))
  })
})
