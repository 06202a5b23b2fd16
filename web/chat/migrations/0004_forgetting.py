
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('chat', '0003_facets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Forgetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.UUIDField(unique=True)),
                ('noted_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
