import type { CalendarOf } from '../../../core/clock/sla.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/units.ts'
import type { User } from '../state/model.ts'
import type { Life } from './agenda.ts'
import { type Case, isStill, later, receiverOf, roughly, type Standing, work } from './case.ts'
import { around } from './hours.ts'
import { say } from './words.ts'

/** A change of code is decided, shipped and told; anything else is just mended. */
export async function* fix(one: Case, standing: Standing, calendarOf: CalendarOf): Life {
  const { scene, id, random, theme, severity } = one
  const { user, office } = receiverOf(one, standing)
  const { open } = standing
  if (!one.needsCode) {
    yield* work(one, later(one, office, around(theme.hours * 20, random)), calendarOf)
    if (isStill(one, standing)) resolveIt(one, user)
    return
  }
  if (open.release === null) {
    yield* work(one, later(one, office, around(theme.hours * 40, random)), calendarOf)
    if (!isStill(one, standing)) return
    const isHot = severity === 'P0' || random.chance(severity === 'P1' ? 0.8 : 0.35)
    const days = isHot ? random.between(0, 1) : random.between(2, 12)
    const date = roughly(scene.hours.after(office, scene.now() + days * DAY_MS, 120))
    return scene.say(user, id, 'decide-release', {
      release: isHot ? 'hotfix' : 'next_release',
      date,
      reason: isHot ? 'It cannot wait' : 'A workaround helps until then',
    })
  }
  if (open.fix === null) {
    // Mostly on the day that was named, sometimes after it.
    const slip = random.chance(0.75) ? -random.between(0, 3) * HOUR_MS : around(2, random) * DAY_MS
    yield* work(one, Math.max(scene.now() + MINUTE_MS, open.release.date + slip), calendarOf)
    if (!isStill(one, standing)) return
    return scene.say(user, id, 'fix-available', { version: say(['{version}'], random), what: say(theme.fixes, random) })
  }
  yield* work(one, later(one, office, around(60, random)), calendarOf)
  if (isStill(one, standing)) resolveIt(one, user)
}

export function resolveIt({ scene, id, random, theme, needsCode }: Case, user: User): void {
  const usual = needsCode ? 'fixed_in_code' : theme.code === 'fixed_in_code' ? 'workaround' : theme.code
  const resolution = random.chance(0.78)
    ? usual
    : random.pick([
        'workaround',
        'known_issue',
        'third_party',
        'missing_information',
        'not_reproducible',
        'as_designed',
      ] as const)
  const { answer, slug, reason } = theme.article
  const isAnswered = answer !== 'not_needed' && random.chance(0.7)
  scene.say(user, id, 'resolve', {
    root_cause: say(theme.rootCauses, random),
    resolution,
    fix: say(theme.fixes, random),
    ...(isAnswered
      ? { article: answer, article_url: answer === 'drafted' ? '' : `https://northwind.example/hc/articles/${slug}` }
      : { article: 'not_needed' as const, article_reason: reason || 'An article would not have helped here' }),
    could_be_lower: random.chance(theme.lower) ? true : random.chance(0.6) ? false : null,
  })
}
