/** The published example of `determine-escalation`, as it stands. */
export const DETERMINE_EXAMPLE = `skill: escalation-workflow
action: determine-escalation
parameters:
  issue:
    id: "TICKET-12345"
    severity: high
    impact: multiple_customers
    duration_hours: 4
    current_tier: 1
  customer:
    segment: enterprise
    health_score: 45
    contract_value: 500000
  context:
    previous_escalations: 2
    customer_sentiment: frustrated
`
