import type { MessageKind } from './words.ts'

/** What customers read unless the policy says otherwise. A paragraph that names something unknown is left out. */
export const TEXTS: Readonly<Record<string, Readonly<Record<MessageKind, string>>>> = {
  en: {
    escalated: `Hello {{contact}},

our specialists are now working on your request {{ticket}}. There is no need to repeat anything: they have all you told us.

You will hear from them by {{expected_by}}.

We will keep you up to date; the next news comes by {{next_update}} at the latest.`,
    update: `Hello {{contact}},

we are still working on your request {{ticket}}.

What comes next: {{next_steps}}

We expect to have it solved by {{estimate}}.

The correction is planned for {{release_date}}.

You will hear from us again by {{next_update}}.`,
    'fix-available': `Hello {{contact}},

there is a correction for what you reported in {{ticket}}.

You get it with version {{fix_version}}.

What changes for you: {{what_changes}}

Please tell us whether it works for you now. If it does not, answer this message and we go on.`,
    resolved: `Hello {{contact}},

we have solved what you reported in {{ticket}}.

You get it with version {{fix_version}}.

What changes for you: {{what_changes}}

Please tell us whether it works for you now. If it does not, answer this message and we go on.`,
    deescalated: `Hello {{contact}},

our specialists have finished their work on your request {{ticket}}. From here on the person you wrote with first looks after it again.

If anything is still open, answer this message.`,
  },
  de: {
    escalated: `Guten Tag {{contact}},

unsere Fachleute arbeiten jetzt an Ihrer Anfrage {{ticket}}. Sie müssen nichts noch einmal erklären: Alles, was Sie uns geschrieben haben, liegt ihnen vor.

Sie hören bis {{expected_by}} von ihnen.

Wir halten Sie auf dem Laufenden; die nächste Nachricht kommt spätestens bis {{next_update}}.`,
    update: `Guten Tag {{contact}},

wir arbeiten weiter an Ihrer Anfrage {{ticket}}.

Die nächsten Schritte: {{next_steps}}

Wir rechnen damit, dass sie bis {{estimate}} gelöst ist.

Die Korrektur ist für {{release_date}} geplant.

Sie hören bis {{next_update}} wieder von uns.`,
    'fix-available': `Guten Tag {{contact}},

für das, was Sie uns in {{ticket}} gemeldet haben, gibt es eine Korrektur.

Sie erhalten sie mit Version {{fix_version}}.

Was sich für Sie ändert: {{what_changes}}

Bitte sagen Sie uns, ob es jetzt bei Ihnen funktioniert. Wenn nicht, antworten Sie auf diese Nachricht, und wir machen weiter.`,
    resolved: `Guten Tag {{contact}},

was Sie uns in {{ticket}} gemeldet haben, ist gelöst.

Sie erhalten die Lösung mit Version {{fix_version}}.

Was sich für Sie ändert: {{what_changes}}

Bitte sagen Sie uns, ob es jetzt bei Ihnen funktioniert. Wenn nicht, antworten Sie auf diese Nachricht, und wir machen weiter.`,
    deescalated: `Guten Tag {{contact}},

unsere Fachleute haben ihre Arbeit an Ihrer Anfrage {{ticket}} abgeschlossen. Ab jetzt kümmert sich wieder die Person um sie, mit der Sie zuerst geschrieben haben.

Wenn noch etwas offen ist, antworten Sie auf diese Nachricht.`,
  },
}
