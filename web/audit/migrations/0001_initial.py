
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
                ('first_number', models.BigIntegerField(default=1)),
                ('first_previous', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('account', models.CharField(blank=True, max_length=64)),
                ('roles', models.CharField(blank=True, max_length=120)),
                ('action', models.CharField(choices=[('sign_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('locked_out', 'Locked out'), ('sign_out', 'Signed out'), ('idle_out', 'Signed out when idle'), ('refused', 'Page refused'), ('password_changed', 'Password changed'), ('second_factor_set', 'Second factor set up'), ('second_factor_failed', 'Second factor wrong'), ('second_factor_reset', 'Second factor taken away'), ('account_made', 'Account made'), ('account_changed', 'Account changed'), ('roles_changed', 'Roles changed'), ('listed', 'Listed'), ('searched', 'Searched'), ('viewed', 'Viewed'), ('exported', 'Exported'), ('changed', 'Changed'), ('held', 'Legal hold changed'), ('deleted', 'Deleted'), ('purged', 'Purged'), ('verified', 'Log verified')], max_length=24)),
                ('reference', models.CharField(blank=True, max_length=16)),
                ('detail', models.TextField(default='{}')),
                ('address', models.CharField(blank=True, max_length=45)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['number'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['account', 'number'], name='audit_account'), models.Index(fields=['reference', 'number'], name='audit_reference'), models.Index(fields=['action', 'number'], name='audit_action'), models.Index(fields=['at'], name='audit_at')],
            },
        ),
    ]
