using Microsoft.Data.Sqlite;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

/// <summary>Counts what a queue holds while an app has the folder: it locks it against everybody who would write.</summary>
internal static class QueuedMessages
{
    public static async Task<long> CountAsync(string dataFolder, string queue, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(dataFolder, SqliteDatabase.FileName)};Mode=ReadOnly;Pooling=False"
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM message WHERE queue = $queue";
        command.Parameters.AddWithValue("$queue", queue);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
