using Signals.Core.Platform.Storage;
using Signals.Testing;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Processing.Sending;

public sealed class OptOutContractTests : OptOutContract
{
    protected override int Seeds => LongTests.Samples(5, 30, 200);

    protected override Task<IEntityStore> CreateStoreAsync(int seed) => Task.FromResult<IEntityStore>(new InMemoryEntityStore());
}
