/** The escalation workflow template as teams write it, word for word: a policy in its own right. */
export const TEMPLATE = `# Escalation Workflow Definition
escalation:
  tiers:
    - level: 1
      name: "Front-Line Support"
      team: support-generalists
      capabilities:
        - known_issues
        - how_to_questions
        - account_management
        - password_resets
      sla:
        first_response: 4h
        resolution_target: 24h
      escalation_criteria:
        - "Issue not in runbook or knowledge base"
        - "Resolution requires backend access"
        - "Customer requests escalation"
        - "SLA at 75% elapsed without resolution path"

    - level: 2
      name: "Specialist Support"
      team: support-specialists
      capabilities:
        - complex_configuration
        - integration_troubleshooting
        - bug_investigation
        - data_queries
      sla:
        first_response: 2h
        resolution_target: 8h
      escalation_criteria:
        - "Issue requires code change"
        - "Production environment impact"
        - "Security-related issue"
        - "SLA at 75% elapsed without resolution path"

    - level: 3
      name: "Engineering / Executive"
      team: engineering-oncall
      capabilities:
        - code_fixes
        - infrastructure_changes
        - incident_management
        - executive_communication
      sla:
        first_response: 1h
        resolution_target: 4h

  severity_overrides:
    - severity: P0
      description: "Production outage affecting all customers"
      route_to: 3
      notification: pagerduty
    - severity: P1
      description: "Production degradation or data integrity issue"
      route_to: 3
      notification: slack_oncall
    - severity: P2
      description: "Feature broken for subset of customers"
      route_to: 2
      notification: slack_channel
`
