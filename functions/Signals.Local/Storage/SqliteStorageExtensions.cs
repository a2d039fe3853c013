using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

public static class SqliteStorageExtensions
{
    /// <summary>
    /// Keeps entities and queues in <paramref name="dataFolder"/>. The file is opened when the store or the queue is first
    /// resolved (<see cref="DataFileException"/> when it cannot be used) and closed with the container.
    /// </summary>
    public static IServiceCollection AddSqliteStorage(
        this IServiceCollection services,
        string dataFolder,
        Action<SqliteStorageOptions>? configure = null,
        MessageQueueOptions? queues = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(dataFolder);
        var options = new SqliteStorageOptions();
        configure?.Invoke(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => SqliteDatabase.Open(dataFolder, options));
        services.AddSingleton<SqliteEntityStore>();
        services.AddSingleton<IEntityStore>(provider => provider.GetRequiredService<SqliteEntityStore>());
        services.AddSingleton<IEntityScan>(provider => provider.GetRequiredService<SqliteEntityStore>());
        services.AddSingleton(provider => new SqliteMessageQueue(
            provider.GetRequiredService<SqliteDatabase>(),
            provider.GetRequiredService<TimeProvider>(),
            queues
        ));
        services.AddSingleton<IMessageQueue>(provider => provider.GetRequiredService<SqliteMessageQueue>());
        services.AddSingleton<IDeadLetters, SqliteDeadLetters>();
        return services;
    }
}
