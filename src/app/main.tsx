// First: it says which of the layers of styles wins.
import './theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { createCommands } from '../store/commands'
import { startPlayback } from '../store/playback'
import { startUrl } from '../store/url'
import { AppContext } from '../store/use-app'
import { App } from './app'
import { ErrorBoundary } from './error-boundary'
import { startOffline } from './offline'
import { isStill } from './still'
import { startStory } from './story/start-story'
import { StoryContext } from './story/story-context'
import { startTheme } from './theme'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

const store = createAppStore(EMPTY_EXPERIMENT)
const commands = createCommands(store)

startTheme()
startOffline()
startPlayback(store, commands, isStill)
const story = startStory()
void startUrl(store, commands).then(() => {
  // What the reader never saw is nothing to go back to.
  commands.forgetPast()
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <StoryContext value={story}>
          <AppContext value={{ store, commands }}>
            <App />
          </AppContext>
        </StoryContext>
      </ErrorBoundary>
    </StrictMode>,
  )
})
