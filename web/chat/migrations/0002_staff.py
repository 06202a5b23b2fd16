
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Facet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('kind', 'Kind'), ('topic', 'Topic'), ('intent', 'Intent'), ('outcome', 'Outcome'), ('feedback', 'Feedback'), ('verdict', 'Verdict'), ('tag', 'Tag')], max_length=16)),
                ('value', models.CharField(max_length=64)),
                ('last_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='turn',
            name='chat_turn_kind_b75eee_idx',
        ),
        migrations.AddField(
            model_name='conversation',
            name='assignee',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='conversation',
            name='flagged',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='conversation',
            name='held',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='conversation',
            name='last_kind',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name='conversation',
            name='lowest_confidence',
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name='conversation',
            name='status',
            field=models.CharField(choices=[('open', 'Open'), ('in_review', 'In review'), ('done', 'Done')], default='open', max_length=16),
        ),
        migrations.AddField(
            model_name='conversation',
            name='turn_count',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='conversation',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='turn',
            name='reviewed',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='conversation',
            name='last_at',
            field=models.DateTimeField(auto_now_add=True),
        ),
        migrations.AlterField(
            model_name='turn',
            name='conversation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='chat.conversation'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['-last_at', '-id'], name='conversation_last'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['status', '-last_at', '-id'], name='conversation_status'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['assignee', '-last_at', '-id'], name='conversation_assignee'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('flagged', True)), fields=['-last_at', '-id'], name='conversation_flagged'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('held', True)), fields=['last_at'], name='conversation_held'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['lowest_confidence', 'last_at'], name='conversation_lowest'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['turn_count', 'last_at'], name='conversation_length'),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['helpful', 'at'], name='feedback_helpful'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['kind', 'asked_at', 'id'], name='turn_kind'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['asked_at', 'id'], name='turn_asked'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(condition=models.Q(('reviewed', False)), fields=['kind', 'asked_at', 'id'], name='turn_unreviewed'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(condition=models.Q(('reviewed', False)), fields=['confidence', 'asked_at', 'id'], name='turn_unsure'),
        ),
        migrations.AddField(
            model_name='facet',
            name='conversation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='facets', to='chat.conversation'),
        ),
        migrations.AddIndex(
            model_name='facet',
            index=models.Index(fields=['field', 'value', '-last_at', '-conversation'], name='facet_newest'),
        ),
        migrations.AddConstraint(
            model_name='facet',
            constraint=models.UniqueConstraint(fields=('conversation', 'field', 'value'), name='facet_once'),
        ),
    ]
