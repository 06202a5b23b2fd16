
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('counted_at', models.DateTimeField()),
                ('is_complete', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Count',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('conversations', 'Conversations'), ('questions', 'Questions'), ('kind', 'Kinds'), ('topic', 'Topics'), ('intent', 'Intents'), ('outcome', 'Outcomes'), ('feedback', 'Feedback'), ('verdict', 'Verdicts'), ('confidence', 'Confidence'), ('latency', 'Latency'), ('hour', 'Hours')], max_length=16)),
                ('value', models.CharField(blank=True, max_length=64)),
                ('count', models.PositiveIntegerField()),
                ('day', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='dashboard.day')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'day'], name='count_measure')],
                'constraints': [models.UniqueConstraint(fields=('day', 'measure', 'value'), name='count_once')],
            },
        ),
    ]
