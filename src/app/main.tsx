import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppStore } from '../store/app-store'
import { createCommands } from '../store/commands'
import { startPlayback } from '../store/playback'
import { startUrl } from '../store/url'
import { AppContext } from '../store/use-app'
import { LINK_DEFAULTS } from '../trace/link'
import { App } from './app'
import { ErrorBoundary } from './error-boundary'
import { isStill } from './still'
import { startTheme } from './theme'
import './theme.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

const store = createAppStore({ ...LINK_DEFAULTS, choices: [], cursor: 0, page: 0 })
const commands = createCommands(store)

startTheme()
startPlayback(store, commands, isStill)
void startUrl(store, commands).then(() => {
  // What the reader never saw is nothing to go back to.
  commands.forgetPast()
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <AppContext value={{ store, commands }}>
          <App />
        </AppContext>
      </ErrorBoundary>
    </StrictMode>,
  )
})
