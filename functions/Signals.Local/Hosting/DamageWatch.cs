using Microsoft.Extensions.Hosting;
using Signals.Local.Storage;

namespace Signals.Local.Hosting;

/// <summary>
/// Ends the host when its database turns out to be damaged: to go on would be to acknowledge events that may never be read again.
/// </summary>
public sealed class DamageWatch(SqliteDatabase database) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) => throw await database.Damage.WaitAsync(stoppingToken);
}
