/** What each alarm means and what to do. The alarm has the meaning; docs/operations.md has both. */
export const alarmTexts = {
  late: {
    name: 'Late-<source>-<table>',
    means: 'A dataset is one or more sessions behind what its source should have published by the last evening run.',
    todo: [
      'Look at the last runs: `precursor --aws query "select * from runs where subject = \'<source>\' order by started_at desc limit 5"`. The column `error` has the reason.',
      'If responses were refused, the provider changed its format. The bytes are stored: fix the decoder, deploy, then run `precursor --aws rebuild <source>`.',
      'If the source was unavailable: wait. The next evening run fetches the missing sessions; `precursor --aws backfill --from … --to … --source <source>` fetches them now.',
      'If the provider itself is late, the alarm clears when it publishes.',
    ],
  },
  unwatched: {
    name: 'Unwatched',
    means: 'The lateness check has not run for two days, so "no alarm" from the other lateness alarms means nothing.',
    todo: [
      'Check that the schedule Lateness is enabled, and read the log of its function. A deploy creates both again.',
    ],
  },
  failed: {
    name: 'RunFailed',
    means:
      'A run ended with failures. The other parts of the run landed. The message of the topic and the table `runs` name the failures.',
    todo: [
      'Read the message, or `precursor --aws query "select step, subject, error from runs where status = \'failed\' order by started_at desc limit 20"`.',
      'When the cause is gone, run the session again: `precursor --aws run --session <date>`. A second run changes only what the first one missed.',
      'If the execution itself broke before its end, `aws stepfunctions redrive-execution` continues it from the failed state.',
    ],
  },
  timed_out: {
    name: 'RunTimedOut',
    means: 'A run was stopped after twelve hours.',
    todo: [
      'This can be a backfill over decades from slow providers. Request it again with `--since` and the start of the first run: responses stored since then are reused.',
    ],
  },
  lateness_failed: {
    name: 'LatenessFailed',
    means: 'The function that looks for late datasets failed.',
    todo: [
      'Read its log. The function only reads, so nothing was harmed. `precursor --aws doctor` reports the same from the command line.',
    ],
  },
  dead_letters: {
    name: 'DeadLetters',
    means:
      'A schedule could not start its target, or a function that was invoked asynchronously failed after its last retry.',
    todo: [
      'Read the messages of the queue. Each has the call and the error.',
      'Run what was missed (`precursor --aws run --session <date>`), then purge the queue.',
    ],
  },
} as const
