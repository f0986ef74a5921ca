import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { call } from '../api/http.ts'
import type { Session } from '../session/session.ts'
import { Icon, type IconName } from '../theme/Icon.tsx'
import { fileSize } from '../theme/text.ts'
import type { TicketSnapshot } from '../ticket/ticket-snapshot.ts'
import type { TicketStore } from '../ticket/ticket-store.ts'
import { safeHtml } from './safe-html.ts'

export type ComposerProps = { store: TicketStore; snapshot: TicketSnapshot; session: Session }

const FORMATS: { icon: IconName; label: string; command: string }[] = [
  { icon: 'bold', label: 'Bold', command: 'bold' },
  { icon: 'italic', label: 'Italic', command: 'italic' },
  { icon: 'bullets', label: 'Bulleted list', command: 'insertUnorderedList' },
]

/** Where the agent writes. It becomes yellow for an internal note. */
export function Composer({ store, snapshot, session }: ComposerProps) {
  const { draft } = snapshot
  const editor = useRef<HTMLDivElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const isClosed = snapshot.ticket?.status === 'closed'
  const requester = snapshot.people[snapshot.ticket?.requester_id ?? 0]

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change from outside may replace what is being typed
  useEffect(() => {
    if (editor.current && editor.current.innerHTML !== draft.html) editor.current.innerHTML = safeHtml(draft.html)
  }, [draft.revision])

  function format(command: string) {
    editor.current?.focus()
    document.execCommand(command)
  }

  async function attach(event: ChangeEvent<HTMLInputElement>) {
    const chosen = [...(event.target.files ?? [])]
    event.target.value = ''
    setFailure(null)
    for (const file of chosen) {
      try {
        const url = `/api/v2/uploads.json?filename=${encodeURIComponent(file.name)}`
        const { upload } = await call<{ upload: { token: string } }>('POST', url, file)
        const added = { token: upload.token, name: file.name, size: file.size, contentType: file.type }
        store.setDraft({ files: [...store.snapshot().draft.files, added] })
      } catch (error) {
        setFailure(`${file.name} could not be attached. ${(error as Error).message}`)
      }
    }
  }

  if (isClosed)
    return <p className="composer-closed">This ticket is closed. A new message starts a follow-up ticket.</p>
  return (
    <section className="composer" data-internal={!draft.isPublic} aria-label="Reply">
      <div className="composer-head">
        <div className="composer-kinds" role="radiogroup" aria-label="Kind of comment">
          <KindButton
            label="Public reply"
            icon="reply"
            isChosen={draft.isPublic}
            isDisabled={session.isLight}
            onChoose={() => store.setDraft({ isPublic: true }, true)}
          />
          <KindButton
            label="Internal note"
            icon="note"
            isChosen={!draft.isPublic}
            onChoose={() => store.setDraft({ isPublic: false }, true)}
          />
        </div>
        {draft.isPublic && requester && (
          <span className="composer-to">
            To <span className="recipient">{requester.name}</span>
          </span>
        )}
        {session.isLight && <span className="composer-hint">Light agents write internal notes only.</span>}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a textarea holds no formatting, and apps append HTML */}
      <div
        ref={editor}
        className="editor rich-text"
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={draft.isPublic ? 'Public reply' : 'Internal note'}
        data-placeholder={draft.isPublic ? 'Write a reply' : 'Write a note only your team sees'}
        onInput={(event) => store.setDraft({ html: event.currentTarget.innerHTML }, true)}
        onPaste={(event) => {
          event.preventDefault()
          const html = event.clipboardData.getData('text/html')
          if (html) document.execCommand('insertHTML', false, safeHtml(html))
          else document.execCommand('insertText', false, event.clipboardData.getData('text/plain'))
        }}
      />
      {draft.files.length > 0 && (
        <ul className="attachments">
          {draft.files.map((file) => (
            <li key={file.token}>
              <span className="pending-file">
                <Icon name="file" />
                <span className="attachment-name">{file.name}</span>
                <span className="attachment-size">{fileSize(file.size)}</span>
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Remove ${file.name}`}
                  onClick={() => store.setDraft({ files: draft.files.filter((one) => one !== file) })}
                >
                  <Icon name="close" size={12} />
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      {failure && (
        <p className="composer-failure" role="alert">
          {failure}
        </p>
      )}
      <div className="composer-tools">
        {FORMATS.map(({ icon, label, command }) => (
          <button
            key={command}
            type="button"
            className="icon-button"
            aria-label={label}
            title={label}
            onClick={() => format(command)}
          >
            <Icon name={icon} />
          </button>
        ))}
        <label className="icon-button" title="Attach files">
          <Icon name="paperclip" />
          <span className="visually-hidden">Attach files</span>
          <input type="file" multiple className="visually-hidden" onChange={(event) => void attach(event)} />
        </label>
      </div>
    </section>
  )
}

type KindButtonProps = { label: string; icon: IconName; isChosen: boolean; isDisabled?: boolean; onChoose: () => void }

function KindButton({ label, icon, isChosen, isDisabled = false, onChoose }: KindButtonProps) {
  return (
    <label className="composer-kind" data-chosen={isChosen} data-disabled={isDisabled}>
      <input
        type="radio"
        className="visually-hidden"
        checked={isChosen}
        disabled={isDisabled}
        onChange={onChoose}
        aria-label={label}
      />
      <Icon name={icon} />
      {label}
    </label>
  )
}
