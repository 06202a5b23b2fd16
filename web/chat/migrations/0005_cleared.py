
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0004_forgetting'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='cleared_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(condition=models.Q(('cleared_at__isnull', False)), fields=['cleared_at'], name='conversation_cleared'),
        ),
    ]
