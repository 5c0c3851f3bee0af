// What phone-lab.tsx fetches, as one script.
export { PhoneStage } from './phone-stage'
export { WorldSheet } from './world-sheet'
