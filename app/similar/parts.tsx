/** Everything about past escalations, which is loaded on demand. */
export { SimilarArea } from './SimilarArea.tsx'
export { StoppedCard } from './StoppedCard.tsx'
