using Signals.Core.Platform.Statistics;

namespace Signals.Core.Tests.Platform.Statistics;

public sealed class SymmetricProductsTests
{
    /// <summary>Around the sizes of tiles, registers and batches.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 63)]
    [InlineData(4, 64)]
    [InlineData(5, 65)]
    [InlineData(8, 128)]
    [InlineData(17, 200)]
    public void Are_the_weighted_sum_of_each_with_itself(int width, int count)
    {
        var random = new Random(width);
        var products = new SymmetricProducts(width);
        double[] matrix = new double[width * width];
        // Twice: what was taken is gone.
        for (int round = 0; round < 2; round++)
        {
            double[] expected = new double[width * width];
            for (int n = 0; n < count; n++)
            {
                double weight = random.NextDouble();
                double[] vector = [.. Enumerable.Range(0, width).Select(_ => random.NextDouble() - 0.5)];
                products.Add(vector, weight);
                for (int i = 0; i < width; i++)
                {
                    for (int j = 0; j <= i; j++)
                        expected[(i * width) + j] += weight * vector[i] * vector[j];
                }
            }

            products.Take(matrix);

            Assert.All(expected.Zip(matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        }
    }
}
