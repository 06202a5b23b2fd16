"""Counts the turns that were stored before their conversations were told of them."""

from django.db import migrations

CHUNK = 500


def fill(apps, schema_editor):
    Conversation = apps.get_model("chat", "Conversation")
    Turn = apps.get_model("chat", "Turn")
    Feedback = apps.get_model("chat", "Feedback")
    Facet = apps.get_model("chat", "Facet")
    for conversation in Conversation.objects.filter(turn_count=0).iterator(chunk_size=CHUNK):
        turns = Turn.objects.filter(conversation=conversation, number__gt=0)
        turns = list(turns.exclude(outcome="waiting").order_by("number"))
        if not turns:
            continue
        found = set()
        for turn in turns:
            found |= {("kind", turn.kind), ("intent", turn.intent)}
            found |= {("topic", str(topic)[:64]) for topic in turn.topics}
            if turn.outcome != "answered":
                found.add(("outcome", turn.outcome))
        judged = Feedback.objects.filter(turn__conversation=conversation)
        for helpful in judged.values_list("helpful", flat=True):
            found.add(("feedback", "up" if helpful else "down"))
        sure = [turn.confidence for turn in turns if turn.intent]
        Conversation.objects.filter(pk=conversation.pk).update(
            turn_count=len(turns),
            last_kind=turns[-1].kind,
            lowest_confidence=min(sure) if sure else None,
        )
        Facet.objects.bulk_create(
            [
                Facet(
                    conversation=conversation, field=field, value=value, last_at=conversation.last_at
                )
                for field, value in sorted(found)
                if value
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("chat", "0002_staff")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
