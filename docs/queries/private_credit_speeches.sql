-- Speeches about private credit, how unusual each was, and how new to the speaker.
select held_at, speaker, role, sentence_count, per_1000_words, score_percentile, novelty
from speech_topics
where topic = 'private_credit' and sentence_count > 0
order by held_at desc, speaker
limit 100
