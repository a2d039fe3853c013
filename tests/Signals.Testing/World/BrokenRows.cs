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
        byte schema = FarAhead,
        string row = AccountRows.AccountRow
    )
    {
        const string column = "state";
        var entity =
            await store.GetAsync(AccountRows.Table, account.Value, row, cancellationToken)
            ?? throw new InvalidOperationException($"'{account}' has no row '{row}' to break.");
        byte[] state = BlobColumns.Read(entity, column);
        byte before = state[0];
        state[0] = schema;
        BlobColumns.Write(entity, column, state);
        await store.CommitAsync(AccountRows.Table, account.Value, [EntityOperation.Replace(entity)], cancellationToken);
        return before;
    }
}
