declare module 'zendesk_app_framework_sdk' {
  import type { Sdk } from './client.ts'

  const sdk: Sdk
  export default sdk
}
