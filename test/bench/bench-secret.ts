export const BENCH_SECRET = 'the secret the bench signs its webhooks with'
