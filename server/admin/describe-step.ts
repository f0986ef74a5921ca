import type { TriggerKey } from './blueprint.ts'
import type { Step } from './plan.ts'

const TRIGGERS: Record<TriggerKey, string> = {
  updates: 'the trigger that calls the webhook',
  moves: 'the trigger that tells of tickets moved to specialists',
}

/** What is wrong while a step is not made, in a sentence for the admin. */
export function describeLack(step: Step): string {
  switch (step.do) {
    case 'create-group':
      return `The group "${step.name}", which the policy routes to, is missing`
    case 'create-field':
      return `The ticket field "${step.field.title}" is missing`
    case 'activate-field':
      return `The ticket field for the escalation’s ${step.key.replace('_', ' ')} is deactivated`
    case 'add-options':
      return `The ticket field for the escalation’s ${step.key.replace('_', ' ')} lacks ${step.added.join(', ')}`
    case 'add-to-form':
      return `The ticket form "${step.formName}" lacks ${step.keys.length} escalation field(s)`
    case 'create-webhook':
      return 'The webhook is missing'
    case 'update-webhook':
      return `The webhook is not as it should be: ${step.because}`
    case 'create-trigger':
      return `${capitalised(TRIGGERS[step.trigger.key])} is missing`
    case 'update-trigger':
      return `${capitalised(TRIGGERS[step.trigger.key])} is not as it should be: ${step.because}`
    case 'create-view':
      return 'The view "Escalated tickets" is missing'
  }
}

/** What a step changes, in a sentence for the admin. */
export function describeStep(step: Step): string {
  switch (step.do) {
    case 'create-group':
      return `Create the group "${step.name}", which the policy routes to`
    case 'create-field':
      return `Create the ticket field "${step.field.title}"`
    case 'activate-field':
      return `Activate the ticket field for the escalation’s ${step.key.replace('_', ' ')}`
    case 'add-options':
      return `Add ${step.added.join(', ')} to the ticket field for the escalation’s ${step.key.replace('_', ' ')}`
    case 'add-to-form':
      return `Put ${step.keys.length} escalation field(s) on the ticket form "${step.formName}"`
    case 'create-webhook':
      return 'Create the webhook and keep its signing secret'
    case 'update-webhook':
      return `Correct the webhook: ${step.because}`
    case 'create-trigger':
      return `Create ${TRIGGERS[step.trigger.key]}`
    case 'update-trigger':
      return `Correct ${TRIGGERS[step.trigger.key]}: ${step.because}`
    case 'create-view':
      return 'Create the view "Escalated tickets"'
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
