import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { ErrorBoundary } from './error-boundary'
import { startTheme } from './theme'
import './theme.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')

startTheme()
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
)
