import type { Attachment } from '../state/model.ts'
import type { World } from '../world.ts'

export function presentAttachment(world: World, attachment: Attachment) {
  const { id, file_name, content_type, size } = attachment
  const content_url = `${world.url}/attachments/token/${id}/?name=${encodeURIComponent(file_name)}`
  return {
    url: `${world.url}/api/v2/attachments/${id}.json`,
    ...{ id, file_name, content_url, mapped_content_url: content_url, content_type, size },
    ...{ width: null, height: null, inline: false, deleted: false, malware_access_override: false },
    ...{ malware_scan_result: 'malware_not_found', thumbnails: [] },
  }
}
