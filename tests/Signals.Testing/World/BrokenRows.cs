using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Testing.World;

/// <summary>Rows as no version of Signals writes them.</summary>
public static class BrokenRows
{
    /// <summary>The layout's number of a version of Signals far ahead.</summary>
    public const byte FarAhead = 99;

    /// <summary>Sets the schema byte of an account's row to <see cref="FarAhead"/>; returns what stood there.</summary>
    public static async Task<byte> BreakAsync(
        this IEntityStore store,
        AccountKey account,
        CancellationToken cancellationToken,
        byte schema = FarAhead
    )
    {
        const string column = "state";
        var row =
            await store.GetAsync(AccountRows.Table, account.Value, AccountRows.AccountRow, cancellationToken)
            ?? throw new InvalidOperationException($"'{account}' has no row to break.");
        byte[] state = BlobColumns.Read(row, column);
        byte before = state[0];
        state[0] = schema;
        BlobColumns.Write(row, column, state);
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Replace(row)], cancellationToken);
        return before;
    }
}
