import type { Theme } from './theme.ts'

/** What goes wrong with signing in, directories and permissions. */
export const SIGN_IN_THEMES: Theme[] = [
  {
    ...{ id: 'stale-idp-certificate', component: 'sso', category: 'bug', severities: [1, 7, 77, 15] },
    ...{ share: 7, escalates: 1.6, needsCode: 0.27, hours: 5, mistakenFor: 'integrations', tags: ['sso', 'saml'] },
    subjects: [
      'SSO login fails with "Invalid SAML response"',
      'Single sign-on broken after certificate change',
      'SAML assertion error for some of our people',
      'Cannot sign in through {idp} since {day}',
      'Login loop after we rotated the {idp} certificate',
    ],
    openings: [
      'Since {day} about {pct} % of our sign-ins through {idp} end with "Invalid SAML response". A second try often works. We rotated the signing certificate the evening before.',
      'Our {idp} certificate was renewed and now {users} people cannot sign in reliably. The new certificate is uploaded on your side, I checked twice.',
      'SSO login fails intermittently. The error page says the assertion signature does not match. Nothing else changed here but the certificate.',
      'People are thrown back to the login page again and again after single sign-on. It began at {clock}, right after we exchanged the certificate in {idp}.',
    ],
    answers: [
      'Sorry for the trouble. Could you upload the new certificate again under Settings › Sign-in and tell me whether anything changes?',
      'Thank you. I see the new certificate in your settings and some requests that are still checked against the old one. I am looking into why.',
      'Could you send me the time and the name of one person for whom it failed? Then I can find the assertion in the log.',
    ],
    symptoms: [
      '"Invalid SAML response" on {pct} % of sign-ins',
      'The same person fails and succeeds within minutes',
      'Assertion log shows the fingerprint of the old certificate',
      'Only after the certificate was rotated',
      'Some nodes verify with the old certificate, others with the new one',
    ],
    steps: [
      'Verified that the IdP metadata is current',
      'Had the customer upload the certificate again',
      'Compared fingerprints in the assertion log',
      'Consulted runbook SSO-003, no matching resolution',
      'Reproduced with a test user of {idp}',
    ],
    reasons: [
      'The platform seems to keep the old IdP certificate; that takes access to the sign-in service',
      'Needs a look at the certificate cache behind the SAML endpoint, which we cannot see',
      'Certificate is right in the settings and wrong on some nodes; only Identity can look there',
    ],
    nextSteps: [
      'Check if the sign-in nodes cache the old IdP certificate',
      'Empty the certificate cache for this tenant and watch the log',
      'Compare the certificate on each sign-in node',
    ],
    impacts: [
      '{users} people cannot reliably sign in',
      'A whole office of {users} works with yesterday’s exports',
      'Every third sign-in fails',
    ],
    rootCauses: [
      'The sign-in nodes cached the old IdP certificate and did not notice the rotation',
      'Certificate cache of the SAML endpoint was not emptied when the IdP metadata changed',
      'Stale IdP certificate in the cache of some sign-in nodes after rotation',
      'The old signing certificate stayed cached; metadata changes do not invalidate it',
    ],
    fixes: [
      'Emptied the certificate cache for the tenant; metadata changes now empty it',
      'Restarted the affected sign-in nodes, and the cache now follows the metadata',
      'Cache entry removed by hand, ticket for automatic invalidation raised',
    ],
    ...{ code: 'fixed_in_code', lower: 0.1 },
    article: { answer: 'improved', slug: 'rotate-idp-certificate', reason: '' },
  },
  {
    ...{ id: 'scim-empties-groups', component: 'sso', category: 'bug', severities: [1, 11, 73, 15] },
    ...{ share: 3, escalates: 1.7, needsCode: 0.36, hours: 7, mistakenFor: 'integrations', tags: ['scim'] },
    subjects: [
      'SCIM sync removed people from their groups',
      'Directory sync emptied the group "Approvers"',
      'Provisioning from {idp} drops group members',
      'Users lost their groups after the nightly sync',
    ],
    openings: [
      'The nightly SCIM sync from {idp} removed {n} people from their groups. Nobody changed anything in the directory.',
      'Since {day} our approvers cannot approve: the group is empty on your side, but has {n} members in {idp}.',
      'Provisioning runs without an error and yet {users} users have no group any more. We added them back by hand and the next run removed them again.',
    ],
    answers: [
      'I see the sync run and the removals in it. Could you tell me whether the group was renamed in your directory?',
      'Thank you. I paused provisioning for your workspace so that it gets no worse, and am checking the run.',
    ],
    symptoms: [
      'Group is empty after the sync, full in the directory',
      'Removals in the provisioning log without a change in {idp}',
      'Only groups with more than 100 members',
      'Comes back with every nightly run',
    ],
    steps: [
      'Compared members in the directory with those of the group',
      'Paused provisioning for the tenant',
      'Read the provisioning log of the last three runs',
      'Consulted runbook SCIM-002, not the same error',
    ],
    reasons: [
      'The sync deletes members it should keep; that is a fault of ours and needs Identity',
      'Looks like the paging of large groups in the SCIM endpoint is broken',
      'Needs the raw SCIM requests, which we cannot read',
    ],
    nextSteps: [
      'Look at the PATCH requests for groups with more than 100 members',
      'Check paging of members in the SCIM endpoint',
      'Restore the members from the audit log',
    ],
    impacts: [
      '{n} people cannot approve payments',
      'Nobody in the group can work on orders',
      '{users} users without access',
    ],
    rootCauses: [
      'SCIM group updates with more than 100 members were cut to the first page and the rest removed',
      'Paging of large groups in the SCIM endpoint dropped members beyond the first page',
      'The provisioning job took a partial member list for the whole one',
    ],
    fixes: [
      'Paging of members corrected, members restored from the audit log',
      'Partial updates no longer remove members; groups restored by a script',
    ],
    ...{ code: 'fixed_in_code', lower: 0.05 },
    article: { answer: 'not_needed', slug: '', reason: 'Nothing that customers or the first line could do about it' },
  },
  {
    ...{ id: 'inherited-permissions', component: 'permissions', category: 'security', severities: [2, 19, 67, 12] },
    ...{ share: 4, escalates: 1.5, needsCode: 0.18, hours: 6, mistakenFor: 'data', tags: ['permissions'] },
    subjects: [
      'User sees records of another department',
      'Access denied although the role allows it',
      'Role change does not take effect',
      'Removed employee still has access',
    ],
    openings: [
      'A colleague in one department can open records that belong to another. Roles look right. This has to be looked at today.',
      'We moved {n} people to the role "Reviewer" and they still see what the old role allowed.',
      'Somebody who left on {day} still opens documents. The account is deactivated in our directory.',
      'Our new team lead gets "access denied" on everything although her role allows it. Other leads are fine.',
    ],
    answers: [
      'Thank you for telling us at once. I checked the role, which is right; I am looking at where the access comes from.',
      'Could you tell me the folder and the person’s name? I want to see which rule lets them in.',
    ],
    symptoms: [
      'Effective permissions differ from the role',
      'Only in folders that were moved',
      'The old role is still in the permission preview',
      'Access remains until the person signs out everywhere',
    ],
    steps: [
      'Checked role and group in the admin centre',
      'Compared effective permissions with those of a colleague',
      'Had the person sign out everywhere',
      'Consulted runbook PERM-007',
    ],
    reasons: [
      'Effective permissions are wrong and we cannot see how they are worked out',
      'Possible exposure of records across departments; needs Identity at once',
      'Inherited rights of a moved folder are not recomputed',
    ],
    nextSteps: [
      'Recompute the inherited permissions of the folder',
      'Look for moved folders with rights of their old parent',
      'Check the permission cache of the person',
    ],
    impacts: ['Records of {n} people visible to others', 'A team of {n} cannot work', 'Audit finding if it stays'],
    rootCauses: [
      'Moved folders kept the inherited permissions of their old parent',
      'Inherited permissions were not recomputed after the folder was moved',
      'Permission inheritance stayed with the old parent folder after a move',
      'Effective rights came from the former parent of a moved folder',
    ],
    fixes: [
      'Recomputed inheritance for the folder and all below it',
      'Ran the repair of inherited permissions for the workspace',
      'Permissions recomputed; moves now trigger it',
    ],
    ...{ code: 'configuration', lower: 0.35 },
    article: { answer: 'drafted', slug: 'recompute-inherited-permissions', reason: '' },
  },
  {
    ...{ id: 'mfa-clock-drift', component: 'permissions', category: 'configuration', severities: [0, 2, 48, 50] },
    ...{ share: 6, escalates: 0.8, needsCode: 0.03, hours: 2, mistakenFor: 'integrations', tags: ['mfa'] },
    subjects: [
      'Two-factor codes rejected for new phones',
      'MFA code always invalid',
      '2FA stopped working after phone change',
      'Cannot enrol a second factor',
    ],
    openings: [
      'Everyone who got a new phone this week cannot enrol; the code is always "invalid". That is {n} people.',
      'My two-factor code is refused every time. I have tried three phones.',
      'Since {day} MFA codes are rejected for part of our team. Time on the phones is automatic.',
    ],
    answers: [
      'Could you compare the time on the phone with time.gov? A difference of more than a minute is enough.',
      'I can reset the second factor for them; could you confirm the addresses?',
    ],
    symptoms: ['Code is "invalid" at once', 'Works with a hardware key', 'Only phones managed by the company'],
    steps: ['Reset the second factor', 'Compared the time of phone and server', 'Consulted article "Two-factor codes"'],
    reasons: [
      'A reset does not help and the tolerance cannot be seen by us',
      'Several customers with managed phones; may be on our side',
    ],
    nextSteps: ['Check the drift that the verifier allows for this tenant', 'Look at the verifier’s log'],
    impacts: ['{n} people cannot sign in', 'New colleagues cannot start'],
    rootCauses: [
      'Clock of the managed phones was off by more than the allowed drift',
      'Time drift of company phones beyond what two-factor codes allow',
      'Phones took the time from a wrong server, so codes were out of the window',
    ],
    fixes: [
      'Customer’s device management now sets the right time server',
      'Time server corrected in the phone profile; codes work',
    ],
    ...{ code: 'how_to', lower: 0.8 },
    article: { answer: 'linked', slug: 'two-factor-codes-rejected', reason: '' },
  },
]
