import { lazy } from 'react'
import { NotLoaded } from './not-loaded'

const parts = () => import('./phone-parts').catch(() => ({ PhoneStage: NotLoaded, WorldSheet: () => null }))

/** The parts of the Lab that only a small screen has: fetched where the window is one. */
export const PhoneStage = lazy(async () => ({ default: (await parts()).PhoneStage }))
export const WorldSheet = lazy(async () => ({ default: (await parts()).WorldSheet }))
