import { useStore } from 'zustand'
import { createContext, use } from 'react'
import type { Recording } from '../decode/recordings'
import type { AppState, AppStore } from './app-store'
import type { Commands } from './commands'
import { fetchRecording } from './recorded'
import { openScene } from './scenes'

/** The store and its writers, handed to panel roots. */
export const AppContext = createContext<{ readonly store: AppStore; readonly commands: Commands } | null>(null)

function useContextOrThrow() {
  const context = use(AppContext)
  if (!context) throw new Error('A panel was drawn outside AppContext: main.tsx has to provide it.')
  return context
}

/** A part of the state; drawn anew only when that part changes. */
export const useApp = <T>(select: (state: AppState) => T): T => useStore(useContextOrThrow().store, select)

export const useCommands = (): Commands => useContextOrThrow().commands

/** Fetches a recording when it is asked for; true once the store knows it. */
export function useRecordings(): (recording: Recording) => Promise<boolean> {
  const { store, commands } = useContextOrThrow()
  return (recording) => fetchRecording(store, commands, recording)
}

/** Opens whatever the scenario menu offers; a recording is fetched first. A message says what went wrong. */
export function useOpenScene(): (id: string) => void {
  const { store, commands } = useContextOrThrow()
  return (id) => void openScene(store, commands, id)
}

/** The state as it is now, for what happens outside of drawing. */
export const useNow = (): (() => AppState) => useContextOrThrow().store.getState
