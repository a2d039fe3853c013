using Signals.Azure.Tests.Folding;
using Signals.Core.Platform.Storage;
using Signals.Testing.World;

namespace Signals.Azure.Tests.Storage;

/// <summary>On Azurite or a real account.</summary>
public sealed class TableErasureTests(Azurite azurite) : ErasureContract
{
    protected override async Task<IEntityStore> CreateStoreAsync() =>
        new TablesOfOneTest(await azurite.OpenStoreAsync(), $"E{Guid.NewGuid():N}"[..16], new ContentionCounter());
}
