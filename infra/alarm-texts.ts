/** What each alarm means and what to do; the alarms carry the first, docs/operations.md both. */
export const alarmTexts = {
  late: {
    name: 'Late-<source>-<table>',
    means: 'A dataset is one session or more behind what its source should have published by the last evening run.',
    todo: [
      'Look at the last runs: `precursor --aws query "select * from runs where subject = \'<source>\' order by started_at desc limit 5"`. `error` says what came instead.',
      'Refused answers: the provider changed its format. The bytes are kept; mend the decoder, deploy, and `precursor --aws rebuild <source>`.',
      'Unavailable: nothing to do but wait. The next evening asks for the missing sessions again; `precursor --aws backfill --from … --to … --source <source>` does it now.',
      'The provider is late itself: the alarm clears when it publishes.',
    ],
  },
  unwatched: {
    name: 'Unwatched',
    means: 'Nobody has looked for late datasets for two days, so the other lateness alarms say nothing.',
    todo: ['Is the schedule Lateness enabled? Read the log of its function; a deploy makes both again.'],
  },
  failed: {
    name: 'RunFailed',
    means:
      'A run ended with failures. What landed is there; the message of the topic and the table runs name what did not.',
    todo: [
      'Read the message, or `precursor --aws query "select step, subject, error from runs where status = \'failed\' order by started_at desc limit 20"`.',
      'Repeat the session when the cause is gone: `precursor --aws run --session <date>`. A run done twice changes nothing that is right.',
      'If the execution itself broke before its end, `aws stepfunctions redrive-execution` goes on where it stopped.',
    ],
  },
  timed_out: {
    name: 'RunTimedOut',
    means: 'A run took twelve hours and was ended.',
    todo: [
      'A backfill over decades at slow providers: order it again with `--since` and the start of the first run; answers that are kept are not asked for again.',
    ],
  },
  watch_broken: {
    name: 'LatenessFailed',
    means: 'The function that looks for late datasets failed.',
    todo: ['Read its log. It only reads; `precursor --aws doctor` looks at the same from a desk.'],
  },
  dead_letters: {
    name: 'DeadLetters',
    means: 'A schedule could not start what it should, or a function that was called without waiting failed for good.',
    todo: [
      'Read the messages of the queue: each carries the call and the error.',
      'Order what was missed (`precursor --aws run --session <date>`), then purge the queue.',
    ],
  },
} as const
