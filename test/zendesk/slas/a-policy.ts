/** The body of a request for a policy: an hour to the first reply on tickets of high priority, whatever the ticket. */
export function aPolicy(given: Record<string, unknown> = {}) {
  return {
    sla_policy: { title: 'Everyone', filter: { all: [], any: [] }, policy_metrics: [aTarget()], ...given },
  }
}

export function aTarget(given: Record<string, unknown> = {}) {
  return { priority: 'high', metric: 'first_reply_time', target: 60, business_hours: false, ...given }
}
