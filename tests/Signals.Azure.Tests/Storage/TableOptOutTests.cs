using Signals.Azure.Tests.Folding;
using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Azure.Tests.Storage;

/// <summary>On Azurite or a real account.</summary>
public sealed class TableOptOutTests(Azurite azurite) : OptOutContract
{
    protected override int Seeds => LongTests.Samples(1, 2, 5);

    protected override async Task<IEntityStore> CreateStoreAsync(int seed) =>
        new TablesOfOneTest(await azurite.OpenStoreAsync(), $"O{Guid.NewGuid():N}"[..16], new ContentionCounter());
}
