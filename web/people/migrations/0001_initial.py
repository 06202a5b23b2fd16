
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('is_active', models.BooleanField(default=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, related_name='accounts', to='auth.group')),
            ],
            options={
                'ordering': ['username'],
                'permissions': [('read_conversations', 'Read conversations'), ('review', 'Review turns and conversations'), ('learn', 'Group questions and export training data'), ('export_conversations', 'Export conversations'), ('see_figures', 'See the dashboard'), ('handle_requests', 'Handle appointment requests'), ('read_audit', 'Read the access log'), ('keep_records', 'Purge, hold, delete and hand out conversations'), ('manage_people', 'Manage accounts and roles')],
                'default_permissions': (),
            },
        ),
    ]
