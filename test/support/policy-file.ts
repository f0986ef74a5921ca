import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryHome } from './temporary-home.ts'

let home: string | null = null
let count = 0

/** A file that holds this policy, as `BATON_POLICY` names one. It goes with this process. */
export function policyFile(yaml: string): string {
  home ??= temporaryHome('baton-policy-')
  const file = path.join(home, `policy-${++count}.yaml`)
  writeFileSync(file, yaml)
  return file
}
