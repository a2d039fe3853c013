using System.Numerics;
using System.Runtime.InteropServices;

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
    private const int MaxSweeps = 300;

    /// <summary>Newton's steps are taken whole but for the largest, so that a first step into nowhere does not diverge.</summary>
    private const double LongestStep = 5;

    /// <summary>
    /// While a step is this much shorter than the last one, the curvature is not summed anew: to sum it costs as much as ten gradients and
    /// more.
    /// </summary>
    private const double Shrinks = 0.3;

    /// <summary>As <see cref="FitEach"/> with one penalty.</summary>
    public static double[] Fit(
        double[] rows,
        int width,
        ReadOnlySpan<byte> happened,
        ReadOnlySpan<int> use,
        double penalty,
        ReadOnlySpan<double> prior,
        ReadOnlySpan<double> start,
        ReadOnlySpan<int> weights,
        ReadOnlySpan<int> signs
    ) => FitEach(rows, width, happened, use, [penalty], prior, start, weights, signs)[0];

    /// <summary>The fit under each penalty; each begins where the one before ended, with its curvature.</summary>
    /// <param name="rows">Standardised features, one row after the other, each led by a 1 for the intercept.</param>
    /// <param name="width">Values in a row, the leading 1 among them.</param>
    /// <param name="happened">For each row, 1 when it happened, else 0.</param>
    /// <param name="use">The rows to fit, by index.</param>
    /// <param name="penalties">Each above 0.</param>
    /// <param name="prior">What the coefficients are drawn to; the intercept's is not used.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="weights">For each row how many it stands for.</param>
    /// <param name="signs">For each coefficient 1 when it may not be below 0, -1 when not above it, else 0; empty without such.</param>
    public static double[][] FitEach(
        double[] rows,
        int width,
        ReadOnlySpan<byte> happened,
        ReadOnlySpan<int> use,
        ReadOnlySpan<double> penalties,
        ReadOnlySpan<double> prior,
        ReadOnlySpan<double> start,
        ReadOnlySpan<int> weights,
        ReadOnlySpan<int> signs
    )
    {
        double[] coefficients = start.ToArray();
        double[] gradient = new double[width],
            curvature = new double[width * width],
            hessian = new double[width * width];
        double[][] fitted = new double[penalties.Length][];
        var products = new SymmetricProducts(width);
        bool isStale = true;
        for (int fit = 0; fit < fitted.Length; fit++)
        {
            // From a cold start the curvature after the first step is another.
            double before = fit == 0 ? 0 : double.PositiveInfinity;
            for (int iteration = 0; iteration < MaxIterations; iteration++)
            {
                Array.Clear(gradient);
                foreach (int row in use)
                {
                    var x = rows.AsSpan(row * width, width);
                    double probability = Logistic(Dot(x, coefficients));
                    AddScaled(gradient, x, weights[row] * (happened[row] - probability));
                    if (isStale)
                        products.Add(x, weights[row] * Math.Max(probability * (1 - probability), 1e-10));
                }
                if (isStale)
                    products.Take(curvature);
                curvature.CopyTo(hessian, 0);
                for (int i = 1; i < width; i++)
                {
                    gradient[i] -= penalties[fit] * (coefficients[i] - prior[i]);
                    hessian[i * width + i] += penalties[fit];
                }
                if (signs.IsEmpty)
                    Solve(hessian, width, gradient);
                else
                    SolveWithin(hessian, width, gradient, coefficients, signs);
                double largest = 0;
                foreach (double step in gradient)
                    largest = Math.Max(largest, Math.Abs(step));
                double damping = largest > LongestStep ? LongestStep / largest : 1;
                AddScaled(coefficients, gradient, damping);
                isStale = damping < 1 || largest > before * Shrinks;
                if (largest < Converged)
                    break;
                before = largest;
            }
            fitted[fit] = [.. coefficients];
        }
        return fitted;
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        double rest = Vector.Sum(sum);
        for (int i = left.Length * Vector<double>.Count; i < a.Length; i++)
            rest += a[i] * b[i];
        return rest;
    }

    public static double Logistic(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static void AddScaled(Span<double> target, ReadOnlySpan<double> values, double factor)
    {
        var sums = MemoryMarshal.Cast<double, Vector<double>>(target);
        var added = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int i = 0; i < added.Length; i++)
            sums[i] += added[i] * factor;
        for (int i = added.Length * Vector<double>.Count; i < values.Length; i++)
            target[i] += values[i] * factor;
    }

    /// <summary>
    /// The step that minimises the quadratic model of the loss while coefficients keep their signs, by cyclic coordinate descent.
    /// </summary>
    private static void SolveWithin(
        double[] hessian,
        int width,
        double[] gradient,
        ReadOnlySpan<double> coefficients,
        ReadOnlySpan<int> signs
    )
    {
        for (int i = 0; i < width; i++)
        {
            for (int j = i + 1; j < width; j++)
                hessian[i * width + j] = hessian[j * width + i];
        }
        double[] step = new double[width];
        // The gradient of what is left to gain, kept in step with the steps taken.
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double largest = 0;
            for (int i = 0; i < width; i++)
            {
                double wanted = coefficients[i] + step[i] + gradient[i] / hessian[i * width + i];
                if ((signs[i] > 0 && wanted < 0) || (signs[i] < 0 && wanted > 0))
                    wanted = 0;
                double moved = wanted - coefficients[i] - step[i];
                if (moved == 0)
                    continue;
                step[i] += moved;
                AddScaled(gradient, hessian.AsSpan(i * width, width), -moved);
                largest = Math.Max(largest, Math.Abs(moved));
            }
            if (largest < Converged / 10)
                break;
        }
        step.CopyTo(gradient, 0);
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
