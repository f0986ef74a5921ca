/** Which documents a term is in, and how much it weighs in each: two columns that grow. */
export type Postings = { slots: Uint32Array; weights: Uint8Array; size: number }

export function newPostings(): Postings {
  return { slots: new Uint32Array(2), weights: new Uint8Array(2), size: 0 }
}

export function addPosting(postings: Postings, slot: number, weight: number): void {
  const { size, slots, weights } = postings
  if (size === slots.length) {
    const room = Math.ceil(size * 1.5) + 1
    postings.slots = new Uint32Array(room)
    postings.slots.set(slots)
    postings.weights = new Uint8Array(room)
    postings.weights.set(weights)
  }
  postings.slots[size] = slot
  postings.weights[size] = weight
  postings.size = size + 1
}

/** The last one takes its place: no answer depends on their order. */
export function removePosting(postings: Postings, slot: number): void {
  const at = postings.slots.subarray(0, postings.size).indexOf(slot)
  if (at < 0) return
  postings.size--
  postings.slots[at] = postings.slots[postings.size]!
  postings.weights[at] = postings.weights[postings.size]!
}
