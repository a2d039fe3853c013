using System.Numerics;

namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Logistic regression with a Gaussian penalty, by Newton's method: the coefficients that maximise the log-likelihood less
/// penalty / 2 times the squared distance of each coefficient (but the intercept) from its prior.
/// </summary>
/// <remarks>
/// The penalised likelihood of le Cessie and van Houwelingen, "Ridge estimators in logistic regression" (1992), solved by iteratively
/// reweighted least squares; with a prior other than 0 it is the posterior mode under that prior.
/// </remarks>
public static class LogisticRegression
{
    private const int MaxIterations = 50;
    private const double Converged = 1e-6;

    /// <summary>Newton's steps are taken whole but for the largest, so that a first step into nowhere does not diverge.</summary>
    private const double LongestStep = 5;

    /// <param name="rows">Standardised features, one row after the other, each led by a 1 for the intercept.</param>
    /// <param name="width">Values in a row, the leading 1 among them.</param>
    /// <param name="happened">For each row, 1 when it happened, else 0.</param>
    /// <param name="use">The rows to fit, by index.</param>
    /// <param name="penalty">Above 0.</param>
    /// <param name="prior">What the coefficients are drawn to; the intercept's is not used.</param>
    /// <param name="start">Where to begin: the prior, or a fit under another penalty.</param>
    public static double[] Fit(
        double[] rows,
        int width,
        ReadOnlySpan<byte> happened,
        ReadOnlySpan<int> use,
        double penalty,
        ReadOnlySpan<double> prior,
        ReadOnlySpan<double> start
    )
    {
        double[] coefficients = start.ToArray();
        double[] gradient = new double[width],
            hessian = new double[width * width];
        for (int iteration = 0; iteration < MaxIterations; iteration++)
        {
            Array.Clear(gradient);
            Array.Clear(hessian);
            foreach (int row in use)
            {
                var x = rows.AsSpan(row * width, width);
                double probability = Logistic(Dot(x, coefficients));
                AddScaled(gradient, x, happened[row] - probability);
                double weight = Math.Max(probability * (1 - probability), 1e-10);
                for (int i = 0; i < width; i++)
                {
                    double scaled = weight * x[i];
                    if (scaled != 0)
                        AddScaled(hessian.AsSpan(i * width, i + 1), x[..(i + 1)], scaled);
                }
            }
            for (int i = 1; i < width; i++)
            {
                gradient[i] -= penalty * (coefficients[i] - prior[i]);
                hessian[i * width + i] += penalty;
            }
            Solve(hessian, width, gradient);
            double largest = 0;
            foreach (double step in gradient)
                largest = Math.Max(largest, Math.Abs(step));
            double damping = largest > LongestStep ? LongestStep / largest : 1;
            AddScaled(coefficients, gradient, damping);
            if (largest < Converged)
                break;
        }
        return coefficients;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
            sum += new Vector<double>(a[i..]) * new Vector<double>(b[i..]);
        double rest = Vector.Sum(sum);
        for (; i < a.Length; i++)
            rest += a[i] * b[i];
        return rest;
    }

    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static void AddScaled(Span<double> target, ReadOnlySpan<double> values, double factor)
    {
        int i = 0;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
            (new Vector<double>(target[i..]) + new Vector<double>(values[i..]) * factor).CopyTo(target[i..]);
        for (; i < values.Length; i++)
            target[i] += values[i] * factor;
    }

    /// <summary>
    /// Solves a system with a symmetric positive definite matrix (its lower half is read and overwritten) by Cholesky's factors.
    /// </summary>
    private static void Solve(double[] matrix, int width, double[] vector)
    {
        for (int j = 0; j < width; j++)
        {
            for (int i = j; i < width; i++)
            {
                double sum = matrix[i * width + j] - Dot(matrix.AsSpan(i * width, j), matrix.AsSpan(j * width, j));
                matrix[i * width + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j * width + j];
            }
        }
        for (int i = 0; i < width; i++)
            vector[i] = (vector[i] - Dot(matrix.AsSpan(i * width, i), vector.AsSpan(0, i))) / matrix[i * width + i];
        for (int i = width - 1; i >= 0; i--)
        {
            double sum = vector[i];
            for (int k = i + 1; k < width; k++)
                sum -= matrix[k * width + i] * vector[k];
            vector[i] = sum / matrix[i * width + i];
        }
    }
}
